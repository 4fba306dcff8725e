package dev.heartbeat.watch;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import javax.net.ssl.SSLException;

import jakarta.enterprise.context.ApplicationScoped;

import dev.heartbeat.model.Handshake;
import dev.heartbeat.model.Leg;
import dev.heartbeat.model.Printable;
import dev.heartbeat.model.WebAddress;

/** Could a start reach those whom it would alert? Connects, and logs in at the mail server; tells nobody anything. */
@ApplicationScoped
public class AlertLegs {
    private static final String ALERTS = "alerts";
    private final AlertConfig config;
    private final AlertConfig.Smtp smtp;

    AlertLegs(AlertConfig config, AlertConfig.Smtp smtp) {
        this.config = config;
        this.smtp = smtp;
    }

    /** Blocks the caller until all have answered, or the time limit of alerts is over for each. */
    public List<Leg> look() {
        List<Leg> legs = new ArrayList<>();
        for (Optional<String> setting : List.of(config.webhookUrl(), config.slackUrl())) {
            setting.map(Addresses::urls).orElse(List.of()).stream().distinct().forEach(url -> legs.add(hook(url)));
        }
        if (config.emailTo().isPresent()) {
            legs.add(mail());
        }
        return legs;
    }

    /** A connection tells whether the way is open; whoever posts has sent. */
    private Leg hook(URI url) {
        String shown = Post.shown(url);
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(WebAddress.host(url), WebAddress.port(url)), millis());
            return Leg.ok(ALERTS, shown + " can be reached; nothing was sent");
        } catch (IOException e) {
            return Leg.fault(ALERTS, shown + " can not be reached: " + words(e, WebAddress.host(url)));
        }
    }

    private Leg mail() {
        String host = smtp.host().orElse("");
        int port = smtp.port().orElse(smtp.tls().port());
        String shown = "mail server " + host + ":" + port;
        try (SmtpLogin login = new SmtpLogin(host, port, smtp.tls(), millis())) {
            String trouble = login.tryAs(smtp.user().orElse(null), smtp.password().orElse(null));
            return trouble != null ? Leg.warn(ALERTS, shown + ": " + trouble)
                    : Leg.ok(ALERTS, shown + (smtp.user().isPresent() ? " lets us in" : " answers") + "; nothing was sent");
        } catch (IOException e) {
            return Leg.fault(ALERTS, shown + ": " + words(e, host + " (SMTP_HOST)"));
        }
    }

    private static String words(IOException failure, String host) {
        if (failure instanceof UnknownHostException) {
            return "host " + host + " is not known";
        }
        if (failure instanceof SocketTimeoutException) {
            return "no answer in time";
        }
        String certificate = failure instanceof SSLException ? Handshake.inWords(failure, "its", "the system", host) : null;
        return certificate != null ? certificate : Printable.text(failure.getMessage());
    }

    private int millis() {
        return (int) Math.min(config.timeout().toMillis(), Integer.MAX_VALUE);
    }
}
