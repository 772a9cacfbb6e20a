package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.TargetClass;

/** A group of asynchronous channels. */
@TargetClass(className = "sun.nio.ch.Port")
final class Target_sun_nio_ch_Port {
    private Target_sun_nio_ch_Port() {}
}
