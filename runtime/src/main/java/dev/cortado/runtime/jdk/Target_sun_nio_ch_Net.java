package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.net.SocketException;

/** The natives of sockets that are called before there is one; making one fails. */
@TargetClass(className = "sun.nio.ch.Net")
@SuppressWarnings("unused")
final class Target_sun_nio_ch_Net {
    private Target_sun_nio_ch_Net() {}

    @Substitute
    private static void initIDs() {}

    @Substitute
    private static boolean isIPv6Available0() {
        return false;
    }

    @Substitute
    private static boolean isReusePortAvailable0() {
        return false;
    }

    /** -1: no. */
    @Substitute
    private static int isExclusiveBindAvailable() {
        return -1;
    }

    @Substitute
    private static boolean shouldShutdownWriteBeforeClose0() {
        return false;
    }

    @Substitute
    private static boolean shouldSetBothIPv4AndIPv6Options0() {
        return false;
    }

    @Substitute
    private static boolean canIPv6SocketJoinIPv4Group0() {
        return false;
    }

    @Substitute
    private static boolean canJoin6WithIPv4Group0() {
        return false;
    }

    @Substitute
    private static boolean canUseIPv6OptionsWithIPv4LocalAddress0() {
        return false;
    }

    @Substitute
    private static int socket0(
            boolean preferIPv6, boolean stream, boolean reuse, boolean fastLoopback)
            throws SocketException {
        throw NoNetwork.exception();
    }

    // Events of poll, as POSIX (poll.h) names and Linux numbers them.

    @Substitute
    static short pollinValue() {
        return 0x01;
    }

    @Substitute
    static short polloutValue() {
        return 0x04;
    }

    @Substitute
    static short pollerrValue() {
        return 0x08;
    }

    @Substitute
    static short pollhupValue() {
        return 0x10;
    }

    @Substitute
    static short pollnvalValue() {
        return 0x20;
    }

    @Substitute
    static short pollconnValue() {
        return 0x04;
    }
}
