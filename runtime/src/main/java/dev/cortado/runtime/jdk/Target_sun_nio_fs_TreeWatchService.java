package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import com.oracle.svm.core.annotate.TargetElement;
import dev.cortado.runtime.file.tree.Watch;
import dev.cortado.runtime.file.tree.Watcher;

/** The natives of the watch service that Cortado adds to the JDK. */
@TargetClass(className = "sun.nio.fs.TreeWatchService")
final class Target_sun_nio_fs_TreeWatchService {
    @Alias
    @TargetElement(name = TargetElement.CONSTRUCTOR_NAME)
    Target_sun_nio_fs_TreeWatchService(
            @SuppressWarnings("unused") Target_sun_nio_fs_UnixFileSystem fileSystem) {}

    @Substitute
    static Object newWatcher() {
        return new Watcher();
    }

    @Substitute
    static Object watch(Object watcher, byte[] path, int kinds) throws Exception {
        return WatchCalls.watch((Watcher) watcher, path, kinds);
    }

    @Substitute
    static void forget(Object watch) {
        GuestFiles.get().tree().unwatch((Watch) watch);
    }

    @Substitute
    static Object[] await(Object watcher) {
        return WatchCalls.await((Watcher) watcher);
    }

    @Substitute
    static void wake(Object watcher) {
        ((Watcher) watcher).wake();
    }
}
