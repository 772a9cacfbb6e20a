package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.net.Inet6Address;

/** The natives of {@link Inet6Address}. */
@TargetClass(Inet6Address.class)
final class Target_java_net_Inet6Address {
    private Target_java_net_Inet6Address() {}

    @Substitute
    private static void init() {}
}
