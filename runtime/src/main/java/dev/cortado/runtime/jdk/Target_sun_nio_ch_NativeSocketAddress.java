package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/** The layout of socket addresses. */
@TargetClass(className = "sun.nio.ch.NativeSocketAddress")
final class Target_sun_nio_ch_NativeSocketAddress {
    @Substitute
    private static int AFINET() {
        return SocketAddressLayout.AF_INET;
    }

    @Substitute
    private static int AFINET6() {
        return SocketAddressLayout.AF_INET6;
    }

    @Substitute
    private static int sizeofSockAddr4() {
        return SocketAddressLayout.IPV4_BYTES;
    }

    @Substitute
    private static int sizeofSockAddr6() {
        return SocketAddressLayout.IPV6_BYTES;
    }

    @Substitute
    private static int sizeofFamily() {
        return SocketAddressLayout.FAMILY_BYTES;
    }

    @Substitute
    private static int offsetFamily() {
        return SocketAddressLayout.FAMILY;
    }

    @Substitute
    private static int offsetSin4Port() {
        return SocketAddressLayout.PORT;
    }

    @Substitute
    private static int offsetSin4Addr() {
        return SocketAddressLayout.IPV4_ADDRESS;
    }

    @Substitute
    private static int offsetSin6Port() {
        return SocketAddressLayout.PORT;
    }

    @Substitute
    private static int offsetSin6Addr() {
        return SocketAddressLayout.IPV6_ADDRESS;
    }

    @Substitute
    private static int offsetSin6ScopeId() {
        return SocketAddressLayout.IPV6_SCOPE;
    }

    @Substitute
    private static int offsetSin6FlowInfo() {
        return SocketAddressLayout.IPV6_FLOW;
    }
}
