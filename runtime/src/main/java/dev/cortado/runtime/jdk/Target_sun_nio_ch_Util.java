package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.TargetClass;

/** What channels ask about their buffers. */
@TargetClass(className = "sun.nio.ch.Util")
@SuppressWarnings("unused")
final class Target_sun_nio_ch_Util {
    private Target_sun_nio_ch_Util() {}

    @Alias
    static native void checkRemainingBufferSizeAligned(int remaining, int alignment);
}
