"""Language models through litellm: behind a LiteLLM gateway, or in an Ollama.

Importing this is cheap. litellm itself (seconds, 160 MB) is imported by the first call, or by ``warm``.
"""

from adapters.llm.gateway import Gateway
from adapters.llm.ollama import Ollama, discover_ollama

__all__ = ["Gateway", "Ollama", "discover_ollama"]
