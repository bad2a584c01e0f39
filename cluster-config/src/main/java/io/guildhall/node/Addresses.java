package io.guildhall.node;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;

/** Rules of the addresses that servers listen on. */
final class Addresses {
    private Addresses() {}

    /** Whether only programs on this machine can reach a server on this host. False for a name that is unknown. */
    static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** Where programs on this machine reach a server on this host. */
    static URI url(String host, int port) {
        var reachable = isAny(host) ? "127.0.0.1" : host;
        return URI.create("http://" + (reachable.contains(":") ? "[" + reachable + "]" : reachable) + ":" + port);
    }

    private static boolean isAny(String host) {
        return host.equals("0.0.0.0") || host.equals("::");
    }
}
