package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.io.FileDescriptor;
import java.io.IOException;

/** What all channels need. */
@TargetClass(className = "sun.nio.ch.IOUtil")
@SuppressWarnings("unused")
final class Target_sun_nio_ch_IOUtil {
    private Target_sun_nio_ch_IOUtil() {}

    @Substitute
    static void initIDs() {}

    @Substitute
    static boolean randomBytes(byte[] bytes) {
        HardwareRandom.POOL.next(bytes);
        return true;
    }

    @Substitute
    static long makePipe(boolean blocking) throws IOException {
        throw new IOException("no pipes in this image");
    }

    @Substitute
    public static void configureBlocking(FileDescriptor file, boolean blocking) {}

    @Substitute
    public static int fdVal(FileDescriptor file) {
        return OpenFiles.number(file);
    }

    @Substitute
    static void setfdVal(FileDescriptor file, int value) {
        OpenFiles.setNumber(file, value);
    }

    @Substitute
    static int fdLimit() {
        return 1024;
    }

    @Substitute
    static int iovMax() {
        return 1024;
    }

    @Substitute
    static long writevMax() {
        return Integer.MAX_VALUE;
    }
}
