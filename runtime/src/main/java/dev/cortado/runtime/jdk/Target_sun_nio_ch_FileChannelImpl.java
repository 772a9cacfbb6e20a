package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.nio.channels.WritableByteChannel;

/** What file channels do by mapping files, and need not in a guest. */
@TargetClass(className = "sun.nio.ch.FileChannelImpl")
@SuppressWarnings("unused")
final class Target_sun_nio_ch_FileChannelImpl {
    private Target_sun_nio_ch_FileChannelImpl() {}

    /** To a pipe, of what is large enough to be mapped: now it is read and written. */
    @Substitute
    private long transferToTrustedChannel(long position, long count, WritableByteChannel target) {
        return ChannelCalls.UNSUPPORTED_CASE;
    }
}
