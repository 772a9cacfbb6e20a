package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.net.InetAddress;

/** The natives of {@link InetAddress}. */
@TargetClass(InetAddress.class)
final class Target_java_net_InetAddress {
    private Target_java_net_InetAddress() {}

    @Substitute
    private static void init() {}

    @Substitute
    private static boolean isIPv4Available() {
        return true;
    }

    @Substitute
    private static boolean isIPv6Supported() {
        return IpFamilies.isIpv6Wanted();
    }
}
