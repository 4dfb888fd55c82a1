FROM python:3.12-slim

RUN useradd --create-home --uid 10001 oo
WORKDIR /app
COPY requirements.lock ./
RUN pip install --no-cache-dir --no-deps --require-hashes --only-binary :all: -r requirements.lock
COPY config.yaml ./
COPY bot bot
COPY core core
COPY adapters adapters
COPY jobs jobs
COPY migrations migrations
RUN mkdir data && chown oo:oo data

USER oo
ENV OO_HTTP_HOST=0.0.0.0 OO_HTTP_PORT=8080 PYTHONUNBUFFERED=1
VOLUME /app/data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(f'http://127.0.0.1:{os.environ[\"OO_HTTP_PORT\"]}/healthz', timeout=3)"]
CMD ["python", "-m", "bot", "run"]
