package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.io.FileDescriptor;
import java.io.IOException;

/** The natives of mapped byte buffers and segments. */
@TargetClass(className = "java.nio.MappedMemoryUtils")
@SuppressWarnings("unused")
final class Target_java_nio_MappedMemoryUtils {
    private Target_java_nio_MappedMemoryUtils() {}

    @Substitute
    private static boolean isLoaded0(long address, long length, long pageCount) {
        return Mapping.isLoaded(address, length);
    }

    /** The JDK's touches each page as well, and not as an access of the program does. */
    @Substitute
    static void load(long address, boolean isSync, long size) {
        if (address != 0 && size != 0) {
            Mapping.load(address, size);
        }
    }

    @Substitute
    private static void unload0(long address, long length) {
        Mapping.unload(address, length);
    }

    @Substitute
    private static void force0(FileDescriptor file, long address, long length) throws IOException {
        Mapping.force(address, length);
    }
}
