package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/** The system knows of no proxies. */
@TargetClass(className = "sun.net.spi.DefaultProxySelector")
final class Target_sun_net_spi_DefaultProxySelector {
    private Target_sun_net_spi_DefaultProxySelector() {}

    @Substitute
    private static boolean init() {
        return false;
    }
}
