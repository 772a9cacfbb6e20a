package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.io.FileDescriptor;
import java.io.IOException;

/** The natives that close what channels have open that are not files: pipes, later sockets. */
@TargetClass(className = "sun.nio.ch.UnixDispatcher")
final class Target_sun_nio_ch_UnixDispatcher {
    @Substitute
    static void init() {}

    @Substitute
    private static void close0(FileDescriptor file) {
        OpenFiles.close(OpenFiles.number(file));
    }

    @Substitute
    private static void preClose0(FileDescriptor file) throws IOException {
        ChannelCalls.preClose(OpenFiles.number(file));
    }
}
