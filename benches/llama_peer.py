"""llama.cpp on the same file: reads {"messages": [...], "max_tokens"} line by line, prints for each
{"prompt_tokens", "tokens", "first_s", "total_s", "text"}. The first line printed is {"version", "load_s"}."""

import json
import os
import sys
import time

import llama_cpp

started = time.perf_counter()
model = llama_cpp.Llama(
    sys.argv[1], n_ctx=4096, n_batch=512, n_threads=os.cpu_count(), n_threads_batch=os.cpu_count(), verbose=False
)
print(json.dumps({"version": llama_cpp.__version__, "load_s": time.perf_counter() - started}), flush=True)
for line in sys.stdin:
    given = json.loads(line)
    started = time.perf_counter()
    first, pieces = None, []
    for part in model.create_chat_completion(
        given["messages"], max_tokens=given["max_tokens"], temperature=0.0, top_k=1, repeat_penalty=1.0, stream=True
    ):
        piece = part["choices"][0]["delta"].get("content")
        if piece:
            first = first or time.perf_counter() - started
            pieces.append(piece)
    total = time.perf_counter() - started
    text = "".join(pieces)
    written = len(model.tokenize(text.encode(), add_bos=False))
    found = {"prompt_tokens": model.n_tokens - written, "tokens": written}
    print(json.dumps(found | {"first_s": first or total, "total_s": total, "text": text}), flush=True)
