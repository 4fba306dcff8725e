package dev.heartbeat.transport;

import java.util.Map;

import com.rabbitmq.client.AMQP;

/** From which queue does a message come, with which headers? */
record RabbitOrigin(String destination, AMQP.BasicProperties properties) implements Origin {
    static final String SYSTEM = "rabbitmq";

    @Override
    public String system() {
        return SYSTEM;
    }

    @Override
    public String header(String name) {
        Map<String, Object> headers = properties.getHeaders();
        Object value = headers == null ? null : headers.get(name);
        return value == null ? null : value.toString();
    }
}
