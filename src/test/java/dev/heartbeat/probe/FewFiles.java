package dev.heartbeat.probe;

import java.io.FileInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.heartbeat.model.Outcome;
import dev.heartbeat.services.Ports;

/** What does a connect say in a process that has no file descriptor left? Runs as a process of its own. */
final class FewFiles {
    private FewFiles() {
    }

    public static void main(String... args) throws IOException {
        TcpConnector connector = new TcpConnector();
        try (ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            InetSocketAddress address = (InetSocketAddress) listener.getLocalSocketAddress();
            print(ask(connector, address));
            print(ask(connector, new InetSocketAddress(address.getAddress(), Ports.free())));
            // A class can not be loaded any more once there are no files left.
            Failures.outcome(new IOException("Too many open files"));
            List<FileInputStream> hoard = new ArrayList<>();
            try {
                while (true) {
                    hoard.add(new FileInputStream("/dev/null"));
                }
            } catch (IOException full) {
                print(ask(connector, address));
                for (FileInputStream one : hoard) {
                    one.close();
                }
            }
        }
    }

    private static Outcome ask(TcpConnector connector, InetSocketAddress address) {
        return connector.connect(address).map(TcpAnswer::up).onFailure().recoverWithItem(TcpAnswer::failed)
                .await().atMost(Duration.ofSeconds(5)).outcome();
    }

    private static void print(Outcome outcome) {
        System.out.println(outcome.health() + " " + outcome.reason() + " " + outcome.detail());
    }
}
