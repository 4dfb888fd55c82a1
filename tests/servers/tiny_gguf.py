"""A language model small enough to write in a moment: two layers of random weights over an alphabet of bytes.

It is a real model for a real engine, but all it ever learnt is which letter follows which in "walk outside".
So a free string of a JSON answer is readable text that comes to an end, where random weights alone would give
broken UTF-8; a higher temperature gives other letters.
"""

from itertools import pairwise
from pathlib import Path

import gguf
import numpy as np
from numpy.typing import NDArray

LAYERS, WIDTH, HEADS, INNER, CONTEXT = 2, 64, 4, 128, 1 << 15
END = 256
_LEARNT = b'"walk outside"'  # no letter twice: the letter before decides what comes next
_LIKELY = b' abcdefghijklmnopqrstuvwxyz"'
_CHAT = "{% for message in messages %}{{ message.role }}: {{ message.content }}\n{% endfor %}assistant:"


def write_model(path: Path, *, seed: int = 7) -> None:
    """Write the model (0.5 MB) to `path`; equal seeds make equal files."""
    writer = gguf.GGUFWriter(path, "llama")
    _describe(writer)
    _spell(writer)
    for name, weights in _weights(np.random.default_rng(seed)).items():
        writer.add_tensor(name, weights)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def _describe(writer: gguf.GGUFWriter) -> None:
    writer.add_name("tiny")
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(WIDTH)
    writer.add_block_count(LAYERS)
    writer.add_feed_forward_length(INNER)
    writer.add_head_count(HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(WIDTH // HEADS)
    writer.add_file_type(gguf.LlamaFileType.ALL_F32)
    writer.add_chat_template(_CHAT)


def _spell(writer: gguf.GGUFWriter) -> None:
    """One token per byte, written as GPT-2 writes it: printable ones as themselves, others from U+0100 on."""
    printable = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = iter(range(0x100, 0x200))
    letters = [chr(byte if byte in printable else next(others)) for byte in range(256)]
    writer.add_vocab_size(END + 1)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("gpt-2")
    writer.add_token_list([*letters, "<|end|>"])
    writer.add_token_types([gguf.TokenType.NORMAL] * END + [gguf.TokenType.CONTROL])
    # The format wants at least one merge; two tabs in a row are no loss.
    writer.add_token_merges([f"{letters[9]} {letters[9]}"])
    writer.add_bos_token_id(END)
    writer.add_eos_token_id(END)
    writer.add_add_bos_token(False)


def _weights(rng: np.random.Generator) -> dict[str, NDArray[np.float32]]:
    def noise(rows: int, columns: int) -> NDArray[np.float32]:
        return (rng.standard_normal((rows, columns)) * 0.05).astype(np.float32)

    ones = np.ones(WIDTH, dtype=np.float32)
    embedding, output = noise(END + 1, WIDTH), noise(END + 1, WIDTH)
    # The layers hardly change a large coordinate: the first one is a bias, the others remember the last byte.
    embedding[:, 0] = 1.0
    output[:, 0] = -2.0
    output[[*_LIKELY, END], 0] = 2.0
    for place, (byte, following) in enumerate(pairwise(_LEARNT), start=1):
        embedding[byte, place] = 3.0
        output[following, place] = 0.7
    embedding[ord(":")] = embedding[ord('"')]
    output[END, place] = 1.2
    weights = {"token_embd.weight": embedding, "output_norm.weight": ones, "output.weight": output}
    for layer in range(LAYERS):
        shapes = {
            "attn_q": (WIDTH, WIDTH),
            "attn_k": (WIDTH, WIDTH),
            "attn_v": (WIDTH, WIDTH),
            "attn_output": (WIDTH, WIDTH),
            "ffn_gate": (INNER, WIDTH),
            "ffn_up": (INNER, WIDTH),
            "ffn_down": (WIDTH, INNER),
        }
        weights |= {f"blk.{layer}.{name}.weight": noise(*shape) for name, shape in shapes.items()}
        weights |= {f"blk.{layer}.{name}.weight": ones for name in ("attn_norm", "ffn_norm")}
    return weights
