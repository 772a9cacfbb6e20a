package dev.cortado.runtime.jdk;

import com.oracle.svm.core.feature.InternalFeature;
import com.oracle.svm.hosted.FeatureImpl.DuringAnalysisAccessImpl;
import com.oracle.svm.util.ReflectionUtil;
import dev.cortado.runtime.file.imagefs.ImageTree;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;

/**
 * Puts what programs look for below {@code java.home} into an image, as files: if whoever builds it
 * says so, by the system property {@code cortado.java.home}, or if the program reaches a class of
 * its own or of a library that names the property {@code java.home}. Without it nobody knows where
 * to look; the JDK's own classes have read what they need while the image was built.
 */
@Platforms(Platform.HOSTED_ONLY.class)
public final class JavaHomeFeature implements InternalFeature {
    private static final String WANTED = "cortado.java.home";

    /** Names of such classes, which the image builder has found: see its package names. */
    private static final String READERS = "cortado.java.home.readers";

    /** The day of the JDK's version: when its files were unpacked says nothing about them. */
    private static final String VERSION_DATE = "java.version.date";

    private static final int PERMISSIONS = 0644;

    private boolean isThere;

    @Override
    public String getDescription() {
        return "Files below java.home";
    }

    @Override
    public void beforeAnalysis(BeforeAnalysisAccess access) {
        if (Boolean.getBoolean(WANTED)) {
            add();
            return;
        }
        for (String name : System.getProperty(READERS, "").split(",")) {
            Class<?> reader = name.isEmpty() ? null : access.findClassByName(name);
            if (reader != null) {
                access.registerReachabilityHandler(this::reached, reader);
            }
        }
    }

    private synchronized void reached(DuringAnalysisAccess access) {
        if (!isThere) {
            add();
            DuringAnalysisAccessImpl analysis = (DuringAnalysisAccessImpl) access;
            analysis.rescanRoot(ReflectionUtil.lookupField(ImageFiles.class, "all"));
            analysis.rescanRoot(ReflectionUtil.lookupField(GuestFiles.class, "maker"));
        }
    }

    /** Unless whoever builds the image has put a directory of his own there. */
    private void add() {
        isThere = true;
        if (ImageFiles.cover(JavaHome.PLACE)) {
            return;
        }
        long released =
                LocalDate.parse(System.getProperty(VERSION_DATE))
                        .atStartOfDay(ZoneOffset.UTC)
                        .toEpochSecond();
        long modified = TimeUnit.SECONDS.toNanos(released);
        ImageTree tree = new ImageTree(modified);
        for (String file : JavaHome.files()) {
            byte[] path = file.getBytes(StandardCharsets.UTF_8);
            tree.addFile(path, PERMISSIONS, modified, JavaHome.read(file));
        }
        ImageFiles.add(new ImageFiles.Placed(JavaHome.PLACE, tree.fileSystem()));
        GuestFiles.setMaker();
    }
}
