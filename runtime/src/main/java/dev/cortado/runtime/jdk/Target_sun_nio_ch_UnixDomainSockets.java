package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/** Unix domain sockets are not supported, which the JDK allows. */
@TargetClass(className = "sun.nio.ch.UnixDomainSockets")
final class Target_sun_nio_ch_UnixDomainSockets {
    private Target_sun_nio_ch_UnixDomainSockets() {}

    @Substitute
    private static boolean init() {
        return false;
    }
}
