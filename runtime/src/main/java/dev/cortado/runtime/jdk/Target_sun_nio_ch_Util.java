package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.nio.ByteBuffer;

/** What channels ask about their buffers. */
@TargetClass(className = "sun.nio.ch.Util")
@SuppressWarnings("unused")
final class Target_sun_nio_ch_Util {
    private Target_sun_nio_ch_Util() {}

    @Alias
    public static native ByteBuffer getTemporaryDirectBuffer(int size);

    /**
     * Nothing wants memory that is aligned; and the JDK loses one that is not when it is used
     * again.
     */
    @Substitute
    public static ByteBuffer getTemporaryAlignedDirectBuffer(int size, int alignment) {
        return getTemporaryDirectBuffer(size);
    }

    @Alias
    static native void checkRemainingBufferSizeAligned(int remaining, int alignment);
}
