# Daybook's commands in one image: worker, feeder, topics. The same install steps as `make install`.
FROM python:3.12-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/daybook
WORKDIR /src
COPY requirements.lock ./
RUN /opt/daybook/bin/pip install --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY streams streams
RUN /opt/daybook/bin/pip install --no-deps --no-build-isolation .

FROM python:3.12-slim-bookworm
COPY --from=build /opt/daybook /opt/daybook
COPY config/daybook.toml /etc/daybook/daybook.toml
RUN useradd --create-home --uid 10001 daybook && mkdir /var/lib/daybook && chown daybook /var/lib/daybook
USER daybook
WORKDIR /var/lib/daybook
VOLUME /var/lib/daybook
ENV PATH=/opt/daybook/bin:$PATH DAYBOOK_CONFIG=/etc/daybook/daybook.toml DAYBOOK_STATE_DIR=/var/lib/daybook \
    DAYBOOK_LOG_FORMAT=json
ENTRYPOINT ["daybook"]
CMD ["worker"]
