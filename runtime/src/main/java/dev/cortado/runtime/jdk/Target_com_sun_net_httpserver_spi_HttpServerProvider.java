package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/** That there is no other HTTP server than the JDK's is known while the image is built. */
@TargetClass(
        className = "com.sun.net.httpserver.spi.HttpServerProvider",
        onlyWith = WithoutServices.class)
final class Target_com_sun_net_httpserver_spi_HttpServerProvider {
    private Target_com_sun_net_httpserver_spi_HttpServerProvider() {}

    @Substitute
    private static boolean loadProviderAsService() {
        return false;
    }
}
