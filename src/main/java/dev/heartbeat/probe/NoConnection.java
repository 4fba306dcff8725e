package dev.heartbeat.probe;

import java.io.IOException;
import java.net.InetSocketAddress;

import io.netty.util.NetUtil;

/** Which address could not be connected to? The cause says why. */
final class NoConnection extends IOException {
    private static final long serialVersionUID = 1;

    NoConnection(InetSocketAddress address, int others, Throwable cause) {
        super(text(address) + (others == 0 ? "" : " and " + others + " more"), cause);
    }

    /** Whether it was for want of something of our own, so that the address was never asked. */
    boolean isOurs() {
        return Failures.isOurs(getCause());
    }

    /** The address as it is written in a URL: {@code 10.0.0.1:80}, {@code [::1]:80}. */
    static String text(InetSocketAddress address) {
        return NetUtil.toSocketAddressString(address.getAddress().getHostAddress(), address.getPort());
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
