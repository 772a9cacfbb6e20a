package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver.LookupPolicy;

/** Names and IPv4 addresses. */
@TargetClass(className = "java.net.Inet4AddressImpl")
@SuppressWarnings("unused")
final class Target_java_net_Inet4AddressImpl {
    @Substitute
    public String getLocalHostName() {
        return LookupCalls.localHostName();
    }

    @Substitute
    private InetAddress[] lookupAllHostAddr(String host) throws UnknownHostException {
        return LookupCalls.lookup(host, LookupPolicy.IPV4);
    }

    @Substitute
    public String getHostByAddr(byte[] address) throws UnknownHostException {
        return LookupCalls.hostName(address);
    }

    @Substitute
    private boolean isReachable0(byte[] address, int timeout, byte[] from, int hops) {
        return LookupCalls.isReachable(address, timeout);
    }
}
