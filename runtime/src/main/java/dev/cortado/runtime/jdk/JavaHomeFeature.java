package dev.cortado.runtime.jdk;

import com.oracle.svm.core.feature.InternalFeature;
import com.oracle.svm.hosted.FeatureImpl.DuringAnalysisAccessImpl;
import com.oracle.svm.util.ReflectionUtil;
import dev.cortado.runtime.file.imagefs.ImageTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
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

    /** Where the builder wants reports; not set when nobody does. */
    private static final String REPORT_DIRECTORY = "cortado.report.directory";

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
        List<String> files = JavaHome.files();
        for (String file : files) {
            byte[] path = file.getBytes(StandardCharsets.UTF_8);
            tree.addFile(path, PERMISSIONS, modified, JavaHome.read(file));
        }
        report(files);
        ImageFiles.add(new ImageFiles.Placed(JavaHome.PLACE, tree.fileSystem()));
        GuestFiles.setMaker();
    }

    /**
     * Leaves {@code files.json} for the manifest: an array with one directory, as that has them.
     */
    private static void report(List<String> files) {
        String directory = System.getProperty(REPORT_DIRECTORY);
        if (directory == null) {
            return;
        }
        Set<String> directories = new TreeSet<>();
        long bytes = 0;
        for (String file : files) {
            bytes += JavaHome.read(file).length;
            for (int slash = file.indexOf('/'); slash > 0; slash = file.indexOf('/', slash + 1)) {
                directories.add(file.substring(0, slash));
            }
        }
        String json =
                "[{\"path\": \"%s\", \"files\": %d, \"directories\": %d, \"bytes\": %d}]\n"
                        .formatted(JavaHome.PLACE, files.size(), directories.size(), bytes);
        try {
            Files.writeString(Path.of(directory, "files.json"), json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
