package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.net.InetAddress;
import java.net.NetworkInterface;

/** There are no network interfaces, which {@link NetworkInterface} has a null for. */
@TargetClass(NetworkInterface.class)
@SuppressWarnings("unused")
final class Target_java_net_NetworkInterface {
    private Target_java_net_NetworkInterface() {}

    @Substitute
    private static void init() {}

    @Substitute
    private static NetworkInterface[] getAll() {
        return null;
    }

    @Substitute
    private static NetworkInterface getByName0(String name) {
        return null;
    }

    @Substitute
    private static NetworkInterface getByIndex0(int index) {
        return null;
    }

    @Substitute
    private static boolean boundInetAddress0(InetAddress address) {
        return false;
    }

    @Substitute
    private static NetworkInterface getByInetAddress0(InetAddress address) {
        return null;
    }
}
