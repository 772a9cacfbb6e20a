package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.TargetClass;

/** What is known of a file: a {@code struct stat}. */
@TargetClass(className = "sun.nio.fs.UnixFileAttributes")
final class Target_sun_nio_fs_UnixFileAttributes {
    @Alias int st_mode;
    @Alias long st_ino;
    @Alias long st_dev;
    @Alias long st_rdev;
    @Alias int st_nlink;
    @Alias int st_uid;
    @Alias int st_gid;
    @Alias long st_size;
    @Alias long st_atime_sec;
    @Alias long st_atime_nsec;
    @Alias long st_mtime_sec;
    @Alias long st_mtime_nsec;
    @Alias long st_ctime_sec;
    @Alias long st_ctime_nsec;
    @Alias long st_birthtime_sec;
    @Alias long st_birthtime_nsec;
    @Alias boolean birthtime_available;
}
