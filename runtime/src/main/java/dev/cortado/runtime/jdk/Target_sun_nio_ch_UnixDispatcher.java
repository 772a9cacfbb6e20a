package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.io.FileDescriptor;

/** The natives that close sockets, of which there are none. */
@TargetClass(className = "sun.nio.ch.UnixDispatcher")
@SuppressWarnings("unused")
final class Target_sun_nio_ch_UnixDispatcher {
    @Substitute
    static void init() {}

    @Substitute
    private static void close0(FileDescriptor file) {}

    @Substitute
    private static void preClose0(FileDescriptor file) {}
}
