package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Names and addresses of both families. */
@TargetClass(className = "java.net.Inet6AddressImpl")
@SuppressWarnings("unused")
final class Target_java_net_Inet6AddressImpl {
    @Substitute
    public String getLocalHostName() {
        return LookupCalls.localHostName();
    }

    @Substitute
    private InetAddress[] lookupAllHostAddr(String host, int characteristics)
            throws UnknownHostException {
        return LookupCalls.lookup(host, characteristics);
    }

    @Substitute
    public String getHostByAddr(byte[] address) throws UnknownHostException {
        return LookupCalls.hostName(address);
    }

    @Substitute
    private boolean isReachable0(
            byte[] address, int scope, int timeout, byte[] from, int hops, int fromScope) {
        return LookupCalls.isReachable(address, timeout);
    }
}
