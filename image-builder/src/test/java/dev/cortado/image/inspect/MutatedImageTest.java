package dev.cortado.image.inspect;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.image.UserError;
import dev.cortado.image.image.ForgedImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MutatedImageTest {
    private static final int SEED = 20260102;

    @TempDir Path directory;

    @Test
    void aThousandMutatedImagesGiveAReportOrAUserError() throws IOException {
        Random random = new Random(SEED);
        ForgedImages images = new ForgedImages();
        Path file = InspectedImage.write(directory);
        int reports = 0;
        for (int i = 0; i < 1000; i++) {
            Files.write(file, images.next(random));
            try {
                Inspection inspection = new Inspector().inspect(file);
                assertFalse(new TextReport().render(inspection).isEmpty());
                assertFalse(new JsonReport().render(inspection).isEmpty());
                assertFalse(new HtmlReport().render(inspection).isEmpty());
                reports++;
            } catch (UserError e) {
                assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
            }
        }
        assertTrue(reports > 10, "reports: " + reports);
    }
}
