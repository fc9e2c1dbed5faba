drop table people_credential, people_session, people_mark;
drop sequence people_session_seq;
