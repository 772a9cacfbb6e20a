package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/** Ports that are given to whoever asks for any: -1 for what the JDK takes as usual. */
@TargetClass(className = "sun.net.PortConfig")
final class Target_sun_net_PortConfig {
    private Target_sun_net_PortConfig() {}

    @Substitute
    static int getLower0() {
        return -1;
    }

    @Substitute
    static int getUpper0() {
        return -1;
    }
}
