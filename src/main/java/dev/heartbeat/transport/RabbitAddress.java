package dev.heartbeat.transport;

/** Where exactly do we knock, for AMQP and for the management API, once TLS has had its say? */
public record RabbitAddress(String host, int port, int managementPort, boolean tls) {
    private static final int MANAGEMENT_PORT = 15672;
    private static final int MANAGEMENT_TLS_PORT = 15671;

    public static RabbitAddress of(RabbitConfig config) {
        boolean tls = config.tls().strip().equalsIgnoreCase("true");
        int management = config.managementPort().orElse(tls ? MANAGEMENT_TLS_PORT : MANAGEMENT_PORT);
        return new RabbitAddress(config.host(), tls ? config.tlsPort() : config.port(), management, tls);
    }

    @Override
    public String toString() {
        return (tls ? "amqps://" : "amqp://") + host + ":" + port;
    }
}
