package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Names and addresses: the only host is this one. */
@TargetClass(className = "java.net.Inet4AddressImpl")
@SuppressWarnings("unused")
final class Target_java_net_Inet4AddressImpl {
    @Substitute
    public String getLocalHostName() {
        return Loopback.NAME;
    }

    @Substitute
    private InetAddress[] lookupAllHostAddr(String host) throws UnknownHostException {
        if (!host.equalsIgnoreCase(Loopback.NAME)) {
            throw NoNetwork.unknown(host);
        }
        return new InetAddress[] {Loopback.address()};
    }

    @Substitute
    public String getHostByAddr(byte[] address) throws UnknownHostException {
        if (!Loopback.contains(address)) {
            throw NoNetwork.unknown(InetAddress.getByAddress(address).getHostAddress());
        }
        return Loopback.NAME;
    }

    @Substitute
    private boolean isReachable0(byte[] address, int timeout, byte[] from, int hops) {
        return false;
    }
}
