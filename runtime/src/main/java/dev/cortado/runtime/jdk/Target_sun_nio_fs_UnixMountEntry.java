package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.TargetClass;

/** A mounted file system: a {@code struct mntent}. */
@TargetClass(className = "sun.nio.fs.UnixMountEntry")
final class Target_sun_nio_fs_UnixMountEntry {
    @Alias byte[] name;
    @Alias byte[] dir;
    @Alias byte[] fstype;
    @Alias byte[] opts;
}
