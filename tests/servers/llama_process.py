"""The process in which llama.cpp serves a model: `python llama_process.py MODEL`.

It prints the address it listens on and ends with its standard input, so that it never outlives its parent.
"""

import sys

import xllamacpp


def main(model: str) -> None:
    """Serve the model on a free port of 127.0.0.1 until standard input ends."""
    params = xllamacpp.CommonParams()
    params.model.path = model
    params.model_alias = {"tip-generator"}
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.n_ctx = 1 << 15
    params.n_parallel = 2
    params.n_batch = params.n_ubatch = 2048
    params.cpuparams.n_threads = 1
    params.sampling.seed = 7
    params.warmup = False
    params.ui = False
    params.embedding = True
    params.pooling_type = xllamacpp.llama_pooling_type.LLAMA_POOLING_TYPE_MEAN
    server = xllamacpp.Server(params)
    sys.stdout.write(f"{server.listening_address}\n")
    sys.stdout.flush()
    sys.stdin.read()


if __name__ == "__main__":
    main(sys.argv[1])
