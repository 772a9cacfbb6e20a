package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import dev.cortado.runtime.file.Attributes;
import java.io.FileDescriptor;
import java.io.IOException;

/** What two open files have in common that are the same file. */
@TargetClass(className = "sun.nio.ch.FileKey")
final class Target_sun_nio_ch_FileKey {
    @Substitute
    private static void init(FileDescriptor file, long[] deviceAndInode) throws IOException {
        Attributes attributes = ChannelCalls.attributes(file);
        deviceAndInode[0] = attributes.device();
        deviceAndInode[1] = attributes.inode();
    }
}
