package org.labharness.autograder.store;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.labharness.pipeline.SystemBroke;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Says of every statement that fails what {@link DatabaseFailure} says of it, also outside of transactions. */
final class SpeakingTemplate extends JdbcTemplate {
    private final DatabaseAddress address;

    SpeakingTemplate(DataSource data, DatabaseAddress address) {
        super(data);
        this.address = address;
    }

    /** The same for connections that cannot be had. */
    static DataSource speaking(DataSource data, DatabaseAddress address) {
        return new DelegatingDataSource(data) {
            @Override
            public Connection getConnection() throws SQLException {
                try {
                    return super.getConnection();
                } catch (SQLException problem) {
                    throw DatabaseFailure.of(
                            address, new CannotGetJdbcConnectionException("no connection can be had", problem));
                }
            }
        };
    }

    @Override
    protected DataAccessException translateException(String task, @Nullable String sql, SQLException problem) {
        DataAccessException translated = super.translateException(task, sql, problem);
        if (DatabaseFailure.of(address, translated) instanceof SystemBroke broke) {
            throw broke;
        }
        return translated;
    }
}
