package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.TargetClass;

/** What is known of a file: a {@code struct stat}. */
@TargetClass(className = "sun.nio.fs.UnixFileAttributes")
final class Target_sun_nio_fs_UnixFileAttributes {
    @Alias int st_mode;
    @Alias long st_ino;
    @Alias int st_nlink;
}
