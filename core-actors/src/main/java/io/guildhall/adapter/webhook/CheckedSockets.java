package io.guildhall.adapter.webhook;

import io.guildhall.port.WebhookTargets;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import javax.net.SocketFactory;

/** Creates sockets that connect only to addresses that {@link WebhookTargets} allows. */
final class CheckedSockets extends SocketFactory {
    private final WebhookTargets targets;

    CheckedSockets(WebhookTargets targets) {
        this.targets = targets;
    }

    static final class NotAllowedException extends ConnectException {
        private static final long serialVersionUID = 1L;

        NotAllowedException() {
            super("webhooks are not sent to this address");
        }
    }

    private static final class CheckedSocket extends Socket {
        private final WebhookTargets targets;

        CheckedSocket(WebhookTargets targets) {
            this.targets = targets;
        }

        @Override
        public void connect(SocketAddress endpoint) throws IOException {
            connect(endpoint, 0);
        }

        @Override
        public void connect(SocketAddress endpoint, int timeout) throws IOException {
            if (!(endpoint instanceof InetSocketAddress address) || !targets.allows(address))
                throw new NotAllowedException();
            super.connect(endpoint, timeout);
        }
    }

    @Override
    public Socket createSocket() {
        return new CheckedSocket(targets);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return createSocket(InetAddress.getByName(host), port);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        return createSocket(InetAddress.getByName(host), port, local, localPort);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        var socket = createSocket();
        socket.connect(new InetSocketAddress(host, port));
        return socket;
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        var socket = createSocket();
        socket.bind(new InetSocketAddress(local, localPort));
        socket.connect(new InetSocketAddress(host, port));
        return socket;
    }
}
