-- What wrk sends when a request is more than a URL; the environment carries the parts.
wrk.method = os.getenv("BENCH_METHOD")
wrk.body = os.getenv("BENCH_BODY")
wrk.headers["content-type"] = "application/json"
