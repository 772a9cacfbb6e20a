package dev.cortado.system.stores.h2;

import dev.cortado.system.stores.Batch;
import dev.cortado.system.stores.KeyedStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** H2's database in a file, with an index on what is not the key. */
public final class DatabaseStore implements KeyedStore {
    private final Connection connection;

    public DatabaseStore(Path directory) throws SQLException {
        connection = DriverManager.getConnection("jdbc:h2:file:" + directory.resolve("database"));
        execute("create table if not exists entry(id varchar primary key, content varchar)");
        execute("create index if not exists by_content on entry(content)");
        connection.setAutoCommit(false);
    }

    private void execute(String text) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(text);
        }
    }

    @Override
    public String get(String key) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("select content from entry where id = ?")) {
            query.setString(1, key);
            try (ResultSet rows = query.executeQuery()) {
                return rows.next() ? rows.getString(1) : null;
            }
        }
    }

    @Override
    public long size() throws SQLException {
        try (Statement query = connection.createStatement();
                ResultSet rows =
                        query.executeQuery("select count(*) from entry where content >= ''")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** A commit alone is on the disk some time later: see "Durability Problems" of H2's manual. */
    @Override
    public void put(Batch batch) throws SQLException {
        try (PreparedStatement merge =
                        connection.prepareStatement("merge into entry values(?, ?)");
                PreparedStatement delete =
                        connection.prepareStatement("delete from entry where id = ?")) {
            for (Map.Entry<String, String> entry : batch.entries().entrySet()) {
                merge.setString(1, entry.getKey());
                merge.setString(2, entry.getValue());
                merge.addBatch();
            }
            merge.executeBatch();
            for (String key : batch.removed()) {
                delete.setString(1, key);
                delete.executeUpdate();
            }
        }
        connection.commit();
        execute("checkpoint sync");
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
