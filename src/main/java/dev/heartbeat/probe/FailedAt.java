package dev.heartbeat.probe;

import java.io.IOException;
import java.net.InetSocketAddress;

import io.netty.util.NetUtil;

/** At which address did it fail? The message is the address, the cause is what failed. */
final class FailedAt extends IOException {
    private static final long serialVersionUID = 1;

    FailedAt(String where, Throwable cause) {
        super(where, cause);
    }

    /** @param others how many more addresses failed, too */
    static FailedAt address(InetSocketAddress address, int others, Throwable cause) {
        String where = NetUtil.toSocketAddressString(address);
        return new FailedAt(others == 0 ? where : where + " and " + others + " more", cause);
    }

    /** Whether it was for want of something of our own, so that the address was never asked. */
    boolean isOurs() {
        return Failures.isOurs(getCause());
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
