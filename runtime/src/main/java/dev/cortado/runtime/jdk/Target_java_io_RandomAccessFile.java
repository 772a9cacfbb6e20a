package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.io.FileNotFoundException;
import java.io.RandomAccessFile;

/** The natives of {@link RandomAccessFile} that are called before one is open. */
@TargetClass(RandomAccessFile.class)
final class Target_java_io_RandomAccessFile {
    @Substitute
    private void open0(String name, int mode) throws FileNotFoundException {
        throw (mode & FileAttributes.RANDOM_READ_ONLY) != 0
                ? OpenFiles.cannotRead(name)
                : OpenFiles.cannotWrite(name);
    }

    @Substitute
    private static void initIDs() {}
}
