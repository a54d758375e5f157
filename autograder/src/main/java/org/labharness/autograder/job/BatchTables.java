package org.labharness.autograder.job;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;

/** Spring Batch's tables, as its own script makes them. They say how far a job has come, never what has been graded. */
final class BatchTables {
    private static final String SCRIPTS = "org/springframework/batch/core/";

    private BatchTables() {}

    static void make(DataSource data) throws SQLException, MetaDataAccessException {
        if (areThere(data)) {
            return;
        }
        boolean h2 = JdbcUtils.extractDatabaseMetaData(
                data, about -> about.getDatabaseProductName().equals("H2"));
        ResourceDatabasePopulator script = new ResourceDatabasePopulator(
                new ClassPathResource(SCRIPTS + (h2 ? "schema-h2.sql" : "schema-postgresql.sql")));
        try {
            script.execute(data);
        } catch (DataAccessException problem) {
            if (!areThere(data)) { // another process may have been quicker
                throw problem;
            }
        }
    }

    /** The last one that the script makes, so that all are. */
    private static boolean areThere(DataSource data) throws SQLException {
        try (Connection connection = data.getConnection();
                ResultSet found = connection
                        .getMetaData()
                        .getTables(null, connection.getSchema(), "%", new String[] {"TABLE", "BASE TABLE"})) {
            while (found.next()) {
                if (found.getString("TABLE_NAME").equalsIgnoreCase("BATCH_JOB_EXECUTION_CONTEXT")) {
                    return true;
                }
            }
            return false;
        }
    }
}
