"""The transport that hands out our consumer and producer."""

from __future__ import annotations

from faust.transport.drivers import aiokafka as driver

from streams.engine.consumer import Consumer
from streams.engine.producer import Producer


class Transport(driver.Transport):
    """Kafka by aiokafka, with the consumer and producer of this package."""

    Consumer = Consumer
    Producer = Producer
