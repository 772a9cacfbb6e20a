package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import dev.cortado.runtime.socket.SocketOption;
import java.net.SocketException;

/** Options of sockets that not every system has. */
@TargetClass(className = "jdk.net.LinuxSocketOptions", onlyWith = IfPresent.class)
@SuppressWarnings("unused")
final class Target_jdk_net_LinuxSocketOptions {
    @Alias
    Target_jdk_net_LinuxSocketOptions() {}

    @Substitute
    private static boolean keepAliveOptionsSupported0() {
        return true;
    }

    @Substitute
    private static boolean quickAckSupported0() {
        return true;
    }

    @Substitute
    private static void setTcpKeepAliveProbes0(int number, int value) throws SocketException {
        SocketOptions.set(number, SocketOption.KEEP_COUNT, value);
    }

    @Substitute
    private static int getTcpKeepAliveProbes0(int number) throws SocketException {
        return SocketOptions.get(number, SocketOption.KEEP_COUNT);
    }

    @Substitute
    private static void setTcpKeepAliveTime0(int number, int value) throws SocketException {
        SocketOptions.set(number, SocketOption.KEEP_IDLE, value);
    }

    @Substitute
    private static int getTcpKeepAliveTime0(int number) throws SocketException {
        return SocketOptions.get(number, SocketOption.KEEP_IDLE);
    }

    @Substitute
    private static void setTcpKeepAliveIntvl0(int number, int value) throws SocketException {
        SocketOptions.set(number, SocketOption.KEEP_INTERVAL, value);
    }

    @Substitute
    private static int getTcpKeepAliveIntvl0(int number) throws SocketException {
        return SocketOptions.get(number, SocketOption.KEEP_INTERVAL);
    }

    @Substitute
    private static void setQuickAck0(int number, boolean value) throws SocketException {
        SocketOptions.set(number, SocketOption.QUICK_ACKNOWLEDGEMENT, value ? 1 : 0);
    }

    @Substitute
    private static boolean getQuickAck0(int number) throws SocketException {
        return SocketOptions.get(number, SocketOption.QUICK_ACKNOWLEDGEMENT) != 0;
    }

    @Substitute
    private static void setIpDontFragment0(int number, boolean value, boolean isIPv6)
            throws SocketException {
        SocketOptions.set(number, SocketOption.DONT_FRAGMENT, value ? 1 : 0);
    }

    @Substitute
    private static boolean getIpDontFragment0(int number, boolean isIPv6) throws SocketException {
        return SocketOptions.get(number, SocketOption.DONT_FRAGMENT) != 0;
    }
}
