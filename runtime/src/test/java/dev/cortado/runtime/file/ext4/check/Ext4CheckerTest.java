package dev.cortado.runtime.file.ext4.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.ext4.make.E2fsprogs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In file systems of many kinds that e2fsck finds nothing in, nothing is found. */
class Ext4CheckerTest {
    @TempDir Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-t ext4 -b 1024",
                "-t ext4 -b 4096",
                "-t ext2 -b 1024 -I 128",
                "-t ext3 -b 1024",
                "-t ext4 -b 1024 -O ^metadata_csum,uninit_bg",
                "-t ext4 -b 1024 -O meta_bg,^resize_inode",
                "-t ext4 -b 1024 -O ^flex_bg,sparse_super2",
                "-t ext4 -b 2048 -O inline_data,metadata_csum_seed,orphan_file",
                "-t ext4 -b 4096 -O ^has_journal,^64bit",
            })
    void findsNothingInWhatIsGood(String options) throws IOException, FileException {
        SampleImage image = SampleImage.make(directory, options);
        E2fsprogs.assertClean(image.file());
        assertEquals(List.of(), image.check(16 << 20));
    }
}
