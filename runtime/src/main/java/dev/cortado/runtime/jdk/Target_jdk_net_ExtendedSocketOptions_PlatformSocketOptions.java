package dev.cortado.runtime.jdk;

import com.oracle.svm.core.SubstrateUtil;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/** The JDK looks by reflection for what its system has, when the first socket is made. */
@TargetClass(
        className = "jdk.net.ExtendedSocketOptions$PlatformSocketOptions",
        onlyWith = IfPresent.class)
final class Target_jdk_net_ExtendedSocketOptions_PlatformSocketOptions {
    private Target_jdk_net_ExtendedSocketOptions_PlatformSocketOptions() {}

    @Substitute
    private static Target_jdk_net_ExtendedSocketOptions_PlatformSocketOptions create() {
        return SubstrateUtil.cast(
                new Target_jdk_net_LinuxSocketOptions(),
                Target_jdk_net_ExtendedSocketOptions_PlatformSocketOptions.class);
    }
}
