package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/** The natives of file channels that only Linux has. */
@TargetClass(className = "sun.nio.ch.FileDispatcherImpl")
final class Target_sun_nio_ch_FileDispatcherImpl {
    @Substitute
    static void init0() {}
}
