package dev.cortado.system.stores.logback;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy;
import ch.qos.logback.core.util.FileSize;
import dev.cortado.system.stores.Batch;
import dev.cortado.system.stores.Store;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logback's files, which roll by their size: a line for each value of a batch. */
public final class LogStore implements Store {
    private static final String ACTIVE = "active.log";
    private static final String BEGUN = "begun";
    private static final long ROLLED_SIZE = 40_000;

    private final Path directory;
    private final LoggerContext context;
    private final Logger logger;

    public LogStore(Path directory) {
        this.directory = directory;
        context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
        appender.setContext(context);
        appender.setFile(directory.resolve(ACTIVE).toString());
        appender.setEncoder(encoder());
        appender.setRollingPolicy(policy(appender));
        appender.start();
        ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.INFO);
        root.addAppender(appender);
        logger = LoggerFactory.getLogger(LogStore.class);
    }

    private PatternLayoutEncoder encoder() {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern("%msg%n");
        encoder.start();
        return encoder;
    }

    private SizeAndTimeBasedRollingPolicy<ILoggingEvent> policy(
            RollingFileAppender<ILoggingEvent> appender) {
        SizeAndTimeBasedRollingPolicy<ILoggingEvent> policy = new SizeAndTimeBasedRollingPolicy<>();
        policy.setContext(context);
        policy.setParent(appender);
        policy.setFileNamePattern(directory.resolve("rolled-%d-%i.log").toString());
        policy.setMaxFileSize(new FileSize(ROLLED_SIZE));
        policy.start();
        return policy;
    }

    @Override
    public int found() throws IOException {
        LogLines lines = new LogLines();
        for (Path file : files()) {
            lines.read(file);
        }
        // Ends a line that a power cut may have left.
        logger.info("\n" + BEGUN);
        return lines.complete(Set.of(BEGUN));
    }

    /** Logback itself forces nothing to the disk. */
    @Override
    public void put(Batch batch) throws IOException {
        for (String line : LogLines.of(batch)) {
            logger.info(line);
        }
        for (Path file : files()) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
        }
    }

    /** A disk's root has a directory as well: {@code lost+found}. */
    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    @Override
    public void close() {
        context.stop();
    }
}
