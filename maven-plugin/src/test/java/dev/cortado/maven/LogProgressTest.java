package dev.cortado.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.image.progress.ProgressEvent;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.junit.jupiter.api.Test;

final class LogProgressTest {
    private final List<String> lines = new ArrayList<>();

    @Test
    void phasesAndWarningsBecomeLines() {
        try (LogProgress progress = new LogProgress(new RecordingLog(), false)) {
            progress.on(new ProgressEvent.Started("Compiling"));
            progress.on(new ProgressEvent.Warning("mind the gap"));
            progress.on(new ProgressEvent.Step("analysis", 2, 8));
            progress.on(new ProgressEvent.Output("chatter"));
        }
        assertEquals("info: Compiling", lines.get(0));
        assertEquals("warn: mind the gap", lines.get(1));
        assertTrue(lines.get(2).startsWith("info: Compiling [2/8] analysis"), lines.get(2));
        assertEquals("debug: chatter", lines.get(3));
    }

    @Test
    void showsWhatToolsPrintWhenAsked() {
        try (LogProgress progress = new LogProgress(new RecordingLog(), true)) {
            progress.on(new ProgressEvent.Output("chatter"));
        }
        assertEquals(List.of("info: chatter"), lines);
    }

    private final class RecordingLog extends SystemStreamLog {
        @Override
        public void info(CharSequence content) {
            lines.add("info: " + content);
        }

        @Override
        public void warn(CharSequence content) {
            lines.add("warn: " + content);
        }

        @Override
        public void debug(CharSequence content) {
            lines.add("debug: " + content);
        }
    }
}
