package dev.cortado.runtime.jdk;

import com.oracle.svm.core.SubstrateUtil;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.nio.file.WatchService;

/** There is no inotify: file systems tell of what happens in directories that are watched. */
@TargetClass(className = "sun.nio.fs.LinuxFileSystem")
final class Target_sun_nio_fs_LinuxFileSystem {
    @Substitute
    public WatchService newWatchService() {
        Target_sun_nio_fs_UnixFileSystem fileSystem =
                SubstrateUtil.cast(this, Target_sun_nio_fs_UnixFileSystem.class);
        return SubstrateUtil.cast(
                new Target_sun_nio_fs_TreeWatchService(fileSystem), WatchService.class);
    }
}
