package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.TargetClass;

/** What is known of a file system: a {@code struct statvfs}. */
@TargetClass(className = "sun.nio.fs.UnixFileStoreAttributes")
final class Target_sun_nio_fs_UnixFileStoreAttributes {
    @Alias long f_frsize;
    @Alias long f_blocks;
    @Alias long f_bfree;
    @Alias long f_bavail;
}
