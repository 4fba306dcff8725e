package dev.heartbeat.probe;

import java.net.InetSocketAddress;

import dev.heartbeat.model.WebsiteSpec;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;

/** How does a request find a connection? By the first address of its host that connects and, for https, shakes hands. */
final class HttpDialer {
    private final Vertx vertx;
    private final Names names;
    private final HttpClients clients;

    HttpDialer(Vertx vertx, Names names, HttpClients clients) {
        this.vertx = vertx;
        this.names = names;
        this.clients = clients;
    }

    /** A request that has its connection, and is not sent. */
    Uni<HttpClientRequest> dial(WebsiteSpec spec, Hop hop, RequestHead head, Context context, Opened opened) {
        boolean own = spec.tls().serverName() != null && head.isOwn(hop);
        String peer = own ? spec.tls().serverName() : hop.peer();
        RequestOptions options = new RequestOptions()
                .setMethod(hop.method())
                .setSsl(hop.secure())
                .setHost(peer)
                .setPort(hop.port())
                .setURI(hop.path())
                .setHeaders(head.of(hop));
        HttpClients.Client client = clients.client(spec, own || !hop.isLiteral());
        opened.add(client::giveBack);
        return names.resolve(hop.host(), hop.port())
                .chain(addresses -> Race.first(vertx, addresses,
                        address -> request(client.http(), new RequestOptions(options).setServer(server(address)), context,
                                opened)));
    }

    private static Uni<HttpClientRequest> request(HttpClient client, RequestOptions options, Context context, Opened opened) {
        return Uni.createFrom().emitter(emitter -> context.runOnContext(ready -> open(client, options)
                .onSuccess(request -> {
                    // Without handlers Vert.x logs what the request's own failure says anyway.
                    request.exceptionHandler(later -> {
                    });
                    HttpConnection connection = request.connection().exceptionHandler(later -> {
                    });
                    opened.add(connection::close);
                    emitter.complete(request);
                })
                .onFailure(emitter::fail)));
    }

    private static Future<HttpClientRequest> open(HttpClient client, RequestOptions options) {
        try {
            return client.request(options);
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    private static SocketAddress server(InetSocketAddress address) {
        return SocketAddress.inetSocketAddress(address);
    }
}
